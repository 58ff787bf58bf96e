/** The exceptions of EKS, with the fields that name the resource. */

import { present } from '../present';
import { Refusal } from '../protocols/refusal';

export interface About {
  readonly clusterName: string;
  readonly nodegroupName?: string;
  readonly addonName?: string;
}

const about = ({ clusterName, nodegroupName, addonName }: About): Readonly<Record<string, string>> => ({
  clusterName,
  ...present({ nodegroupName, addonName }),
});

export const notFound = (message: string, subject: About): Refusal =>
  new Refusal(404, 'ResourceNotFoundException', message, about(subject));

export const inUse = (message: string, subject: About): Refusal =>
  new Refusal(409, 'ResourceInUseException', message, about(subject));

export const invalidParameter = (message: string, subject?: About): Refusal =>
  new Refusal(400, 'InvalidParameterException', message, subject && about(subject));

/** EKS gives this exception `clusterName` as its only field. */
export const invalidState = (message: string, clusterName: string): Refusal =>
  new Refusal(400, 'InvalidStateException', message, { clusterName });

export const invalidRequest = (message: string, subject: About): Refusal =>
  new Refusal(400, 'InvalidRequestException', message, about(subject));
