/** The highlighted row of a list whose rows arrive while the user already types. */
import { describe, expect, test } from 'vitest';
import { type FilteredRow, Highlight } from '../../src/view/wizard/highlight';

const row = (label: string): FilteredRow<string> => ({ label, choice: { label, value: label } });
const rowsOf = (...labels: readonly string[]) => labels.map(row);

/** A list that has shown its first rows, with the first of them highlighted by VS Code. */
function begun(initial?: (value: string) => boolean): Highlight<string> {
  const highlight = new Highlight<string>(initial);
  const rows = rowsOf('tick', 'pricing');
  highlight.beganWith(highlight.among(rows, undefined, '') ?? rows[0]);
  return highlight;
}

const MORE = rowsOf('tick', 'pricing', 'ingest-arm');

describe('when more rows arrive', () => {
  test('a row that the user has moved to stays highlighted', () => {
    expect(begun().among(MORE, row('pricing'), '')?.label).toBe('pricing');
  });

  test('a row to which typing has led stays as long as the text shows it', () => {
    const highlight = begun();
    expect(highlight.among(MORE, row('pricing'), 'ing')?.label).toBe('pricing');
    // The text now hides it: highlighted all the same, no row would be, and Enter would do nothing.
    expect(highlight.among(MORE, row('pricing'), 'ingest')).toBeUndefined();
    // Nor does it come back when other text shows it again.
    expect(highlight.among(MORE, row('tick'), 'i')).toBeUndefined();
  });

  test('VS Code takes the first match of a user who has typed and not moved', () => {
    expect(begun((value) => value === 'pricing').among(MORE, row('ingest-arm'), 'arm')?.label).toBe(
      'ingest-arm',
    );
    expect(begun((value) => value === 'pricing').among(MORE, row('tick'), 'arm')).toBeUndefined();
  });

  test('the wanted row is highlighted as soon as it is there, unless the user has moved', () => {
    const highlight = begun((value) => value === 'ingest-arm');
    expect(highlight.among(MORE, row('tick'), '')?.label).toBe('ingest-arm');
    expect(begun((value) => value === 'ingest-arm').among(MORE, row('pricing'), '')?.label).toBe('pricing');
  });
});
