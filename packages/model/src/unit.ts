/** Unit of a value after scaling, as printed: `kWh`, `m3`, `°C`, `NOK/kWh`; `''` for counts. */
export type Unit = string;
