/** An answer that reports success and is not of the form that it should have. To be thrown by who reads it. */
export class Misshapen extends Error {}
