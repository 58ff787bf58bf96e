/** Shell scripts are imported as their text; the build and the test run both see to that. */
declare module '*.sh' {
  const text: string;
  export default text;
}
