/** The build and the test run import shell scripts as text. */
declare module '*.sh' {
  const text: string;
  export default text;
}
