/** Who is next: a binary heap of (time, number). Of equal times the lower number comes first. */
export class Schedule {
  readonly #times: number[] = [];
  readonly #numbers: number[] = [];

  get size(): number {
    return this.#times.length;
  }

  add(time: number, number: number): void {
    let at = this.#times.length;
    this.#times.push(time);
    this.#numbers.push(number);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(at, parent)) break;
      this.#swap(at, parent);
      at = parent;
    }
  }

  /** The next one, still in the heap; undefined when it is empty. */
  peek(): { time: number; number: number } | undefined {
    return this.size === 0 ? undefined : { time: this.#times[0]!, number: this.#numbers[0]! };
  }

  /** Give the next one a new time, or take it out. */
  reschedule(time: number | null): void {
    if (time === null) {
      const lastTime = this.#times.pop()!;
      const lastNumber = this.#numbers.pop()!;
      if (this.size === 0) return;
      this.#times[0] = lastTime;
      this.#numbers[0] = lastNumber;
    } else this.#times[0] = time;
    this.#sink();
  }

  #sink(): void {
    let at = 0;
    for (;;) {
      let least = at;
      const left = 2 * at + 1;
      if (left < this.size && this.#before(left, least)) least = left;
      if (left + 1 < this.size && this.#before(left + 1, least)) least = left + 1;
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #before(a: number, b: number): boolean {
    const difference = this.#times[a]! - this.#times[b]!;
    return difference < 0 || (difference === 0 && this.#numbers[a]! < this.#numbers[b]!);
  }

  #swap(a: number, b: number): void {
    [this.#times[a], this.#times[b]] = [this.#times[b]!, this.#times[a]!];
    [this.#numbers[a], this.#numbers[b]] = [this.#numbers[b]!, this.#numbers[a]!];
  }
}
