/** What other names drivers of wmbusmeters give to a value of a name: the name's pattern, and the names with what it caught. */
const SYNONYMS: readonly (readonly [RegExp, string])[] = [
  [
    /^total_energy_consumption(_tariff_\d+)?_(kwh|mj)$/,
    'total$1_kwh total_energy$1_kwh current$1_kwh total_energy_consumption$1_kwh total_energy_consumption$1_gj',
  ],
  [
    /^target_energy(?:_consumption)?_(?:kwh|mj)$/,
    'target_energy_kwh target_kwh energy_at_set_date_kwh consumption_at_set_date_kwh consumption_at_set_date_1_kwh previous_kwh last_year_energy_consumption_kwh target_year_kwh',
  ],
  [/^total_volume(_subunit\d)?_m3$/, 'total$1_m3 total_water$1_m3 volume$1_m3'],
  [/^total_m3$/, 'total_volume_m3 total_water_m3'],
  [/^target_volume_m3$/, 'target_m3 target_water_m3'],
  [
    /^target_m3$/,
    'consumption_at_set_date_m3 consumption_at_set_date_1_m3 due_date_m3 historic_m3 total_at_date_m3 target_year_m3 previous_m3',
  ],
  [/^total_backward_m3$/, 'backflow_m3 total_backwards_m3'],
  [/^current_consumption_hca$/, 'current_hca consumption_hca'],
  [
    /^consumption_at_set_date_hca$/,
    'consumption_at_set_date_1_hca target_hca previous_hca prev_hca consumption_1_hca',
  ],
  [
    /^(?:meter|set|target)_(date|datetime)$/,
    'set_$1 set_$1_1 target_$1 due_$1 prev_$1 last_year_$1 target_year_$1 historic_$1',
  ],
  [/^meter_datetime$/, 'device_datetime device_date_time message_datetime current_datetime'],
  [/^meter_date$/, 'device_date current_date'],
  [
    /^(?:flow|t1)_temperature_c$/,
    't1_temperature_c flow_temperature_c forward_c supply_temperature_c flow_c',
  ],
  [/^(?:return|t2)_temperature_c$/, 't2_temperature_c return_temperature_c return_c'],
  [
    /^temperature_difference_k$/,
    'flow_return_temperature_difference_c temperature_difference_c difference_c',
  ],
  [/^external_temperature_c$/, 'current_temperature_c temperature_c'],
  [/^relative_humidity_rh$/, 'current_relative_humidity_rh'],
  [/^volume_flow_m3h$/, 'flow_m3h'],
  [/^battery_voltage_v$/, 'battery_v voltage_v'],
  [/^voltage_v$/, 'battery_v'],
  [/^battery_y$/, 'remaining_battery_life_y'],
  [/^on_time_(\w+)$/, 'operating_time_$1'],
  [/^current_power_consumption_kw$/, 'active_consumption_kw power_kw'],
  [
    /^current_power_consumption_phase(\d)_kw$/,
    'active_consumption_l$1_kw power_l$1_kw active_power_l$1_kw',
  ],
  [/^voltage_at_phase_(\d)_v$/, 'voltage_l$1_n_v voltage_l$1_v'],
  [/^voltage_mean_v$/, 'voltage_average_ln_v'],
  [/^voltage_mean_between_phases_v$/, 'voltage_average_ll_v'],
  [/^current_at_phase_(\d)_a$/, 'current_l$1_a'],
  [/^current_mean_a$/, 'current_average_a'],
];

/** Names with a number that counts the periods back, where ours has the storage number. */
const STORED = /^consumption_at_set_date_(\d+)_(m3|kwh|mj|hca)$|^set_(date|datetime)_(\d+)$/;

/** The other names of a field, in the order in which they are to be had; units in them may differ. */
export function synonymsOf(name: string): readonly string[] {
  const found = SYNONYMS.flatMap(([pattern, others]) =>
    pattern.test(name) ? others.split(' ').map((other) => name.replace(pattern, other)) : [],
  );
  const [, storage, unit, kind, number] = STORED.exec(name) ?? [];
  if (storage !== undefined && unit !== undefined) {
    const back = Number(storage) - 1;
    const padded = String(back).padStart(2, '0');
    const more =
      `consumption_at_history_${back} consumption_${back}_months_ago prev_${padded} ` +
      `due_${storage}_date target_${storage} prev_${back}_month target base`;
    found.push(...more.split(' '));
    return found.map((other) => (STORED.test(other) ? other : `${other}_${unit}`));
  }
  if (kind !== undefined && number !== undefined)
    found.push(`due_${number}_${kind}`, `history_${Number(number) - 1}_${kind}`, `target_${kind}`);
  return found.filter((other) => other !== name);
}
