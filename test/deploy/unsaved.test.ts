/** Files that somebody is still typing in: which of them concern a target, and how often that is told. */
import { expect, test } from 'vitest';
import { blockedByTask, type OpenDocument, unsavedBelow } from '../../src/deploy/on-save/pre-deploy';

const at = (path: string, scheme = 'file', authority = '') => ({ scheme, authority, path });
const dirty = (path: string, scheme?: string, authority?: string): OpenDocument => ({
  uri: at(path, scheme, authority),
  isDirty: true,
});

test('unsaved files are those below the folder, by their paths in it', () => {
  const documents = [dirty('/q/lib/b.q'), dirty('/q/a.q'), { uri: at('/q/c.q'), isDirty: false }];
  expect(unsavedBelow(at('/q'), documents)).toEqual(['a.q', 'lib/b.q']);
  expect(unsavedBelow(at('/q/'), documents)).toEqual(['a.q', 'lib/b.q']);
  expect(unsavedBelow(at('/'), [dirty('/a.q')])).toEqual(['a.q']);
});

test('a file elsewhere is none of them', () => {
  const elsewhere = [
    dirty('/qq/a.q'),
    dirty('/a.q'),
    dirty('/q/a.q', 'untitled'),
    dirty('/q/a.q', 'file', 'x'),
  ];
  expect(unsavedBelow(at('/q'), elsewhere)).toEqual([]);
});

test('other unsaved files are another finding, a task that fails once more is not', () => {
  const unsaved = (...files: string[]) =>
    blockedByTask({ kind: 'refused', code: 'unsaved-files', facts: { files, task: 'lint' } });
  expect(unsaved('a.q')).toEqual(unsaved('a.q'));
  expect(unsaved('a.q')).not.toEqual(unsaved('a.q', 'b.q'));
  const failed = (exitCode: number) =>
    blockedByTask({ kind: 'refused', code: 'task-failed', facts: { task: 'lint', exitCode } });
  expect(failed(1)).toEqual(failed(2));
});
