/** Both the build and the test runner import shell scripts as text. */
declare module '*.sh' {
  const text: string;
  export default text;
}
