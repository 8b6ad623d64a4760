/** Text that the bundler puts in as it stands. */
declare module '*.txt' {
  const text: string;
  export default text;
}
declare module '*.csv' {
  const text: string;
  export default text;
}
