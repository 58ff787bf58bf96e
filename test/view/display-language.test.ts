import * as l10n from '@vscode/l10n';
import { afterEach, expect, it, vi } from 'vitest';
import { useDisplayLanguage } from '../../src/view/l10n';
import { filesWords } from '../../src/view/messages/counts';

vi.mock('vscode', () => ({ l10n: { bundle: { '{0} files': '{0} Dateien' } } }));

// The library keeps it for all that run in this process afterwards.
afterEach(() => l10n.config({ contents: {} }));

it('is the one of VS Code, and English for what is not translated', () => {
  expect(filesWords(3)).toBe('3 files');
  useDisplayLanguage();
  expect(filesWords(3)).toBe('3 Dateien');
  expect(filesWords(1)).toBe('1 file');
});
