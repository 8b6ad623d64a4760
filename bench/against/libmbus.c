/* Measures libmbus on wired frames: libmbus FILE FORM SECONDS
 *
 * FILE holds frames, each behind its length in two bytes, low byte first. FORM is what is made of them: `records` (every
 * record's header and bytes), `values` (its value and unit as text too), `xml`. Goes through the frames until SECONDS of
 * processor time are over and prints how many frames a second that is. With `count` it prints the number of records of each
 * frame instead, -1 where libmbus refuses it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "mbus-protocol.h"

enum { MOST_FRAMES = 65536, HEADER = 2 };

static unsigned char *frames[MOST_FRAMES];
static size_t lengths[MOST_FRAMES];

static size_t read_frames(const char *path)
{
    FILE *file = fopen(path, "rb");
    unsigned char header[HEADER];
    size_t count = 0;
    if (file == NULL)
        return 0;
    while (count < MOST_FRAMES && fread(header, 1, HEADER, file) == HEADER) {
        lengths[count] = header[0] | (size_t)header[1] << 8;
        frames[count] = malloc(lengths[count]);
        if (frames[count] == NULL || fread(frames[count], 1, lengths[count], file) != lengths[count])
            exit(2);
        count++;
    }
    fclose(file);
    return count;
}

/* Something of every result is used, so that nothing of the work can be left out. */
static volatile size_t seen;

static long decode(size_t i, char form)
{
    mbus_frame frame;
    mbus_frame_data data;
    long records = 0;
    memset(&frame, 0, sizeof frame);
    memset(&data, 0, sizeof data);
    if (mbus_parse(&frame, frames[i], lengths[i]) != 0 || mbus_frame_data_parse(&frame, &data) != 0)
        return -1;
    for (mbus_data_record *record = data.data_var.record; record != NULL; record = record->next) {
        records++;
        if (form == 'v')
            seen += strlen(mbus_data_record_value(record)) + strlen(mbus_data_record_unit(record)) +
                    strlen(mbus_data_record_function(record));
    }
    if (form == 'x') {
        char *xml = mbus_frame_data_xml(&data);
        seen += strlen(xml);
        free(xml);
    }
    if (data.data_var.record != NULL)
        mbus_data_record_free(data.data_var.record);
    return records;
}

int main(int count, char **words)
{
    if (count != 4)
        return 2;
    size_t all = read_frames(words[1]);
    char form = words[2][0];
    double seconds = atof(words[3]);
    if (all == 0)
        return 2;
    if (form == 'c') {
        for (size_t i = 0; i < all; i++)
            printf("%ld\n", decode(i, form));
        return 0;
    }
    clock_t started = clock();
    double passed;
    size_t done = 0;
    do {
        for (size_t i = 0; i < all; i++)
            decode(i, form);
        done += all;
        passed = (double)(clock() - started) / CLOCKS_PER_SEC;
    } while (passed < seconds);
    printf("%.0f\n", (double)done / passed);
    return 0;
}
