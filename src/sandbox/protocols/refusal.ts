/** A refused request: thrown inside the service, and sent as an error in the service's protocol. */

export class Refusal extends Error {
  override readonly name = 'Refusal';

  /**
   * @param code AWS's name of the error, e.g. `ConflictException`.
   * @param fields further members of the error's shape, e.g. `reason`.
   */
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}
