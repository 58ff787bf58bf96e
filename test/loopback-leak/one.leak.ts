import { test } from 'vitest';
import { reachByLastingProgram } from './lasting-program';

test('a program that may be of an earlier file', reachByLastingProgram);
