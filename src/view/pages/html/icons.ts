/** The icons on pages. Their shapes differ, so that no meaning depends on colour alone. */
import type { Tone } from '../page';
import { type Attributes, type Html, h } from './html';

/** One SVG path for each tone, drawn on a 16 by 16 grid. */
const PATHS: Readonly<Record<Tone, string>> = {
  good: 'M6.6,12.2,2.4,8,3.5,6.9,6.6,10,12.5,4.1,13.6,5.2Z',
  warning: 'M8,1.5,15,14.2H1ZM8,4.2,3.2,13H12.8ZM7.3,6.9H8.7V10.3H7.3ZM7.3,11.1H8.7V12.4H7.3Z',
  error:
    'M8,1A7,7,0,1,1,8,15,7,7,0,0,1,8,1ZM8,2.2A5.8,5.8,0,1,0,8,13.8,5.8,5.8,0,0,0,8,2.2ZM5.6,4.8,8,7.2,10.4,4.8,11.2,5.6,8.8,8,11.2,10.4,10.4,11.2,8,8.8,5.6,11.2,4.8,10.4,7.2,8,4.8,5.6Z',
  confirm:
    'M5,1H11L15,5V11L11,15H5L1,11V5ZM5.5,2.2,2.2,5.5V10.5L5.5,13.8H10.5L13.8,10.5V5.5L10.5,2.2ZM7.3,4.2H8.7V9H7.3ZM7.3,10.2H8.7V11.7H7.3Z',
  unknown:
    'M8,1A7,7,0,1,1,8,15,7,7,0,0,1,8,1ZM8,2.2A5.8,5.8,0,1,0,8,13.8,5.8,5.8,0,0,0,8,2.2ZM5.6,6.1A2.4,2.3,0,0,1,10.4,6.1C10.4,7.6,8.6,7.8,8.6,9.3H7.4C7.4,7.3,9.2,7.1,9.2,6.1A1.2,1.2,0,0,0,6.8,6.1ZM7.3,10.3H8.7V11.7H7.3Z',
  info: 'M8,1A7,7,0,1,1,8,15,7,7,0,0,1,8,1ZM8,2.2A5.8,5.8,0,1,0,8,13.8,5.8,5.8,0,0,0,8,2.2ZM7.3,4.2H8.7V5.7H7.3ZM7.3,7H8.7V11.8H7.3Z',
  running: 'M8,1A7,7,0,0,1,15,8H13.8A5.8,5.8,0,0,0,8,2.2ZM8,15A7,7,0,0,1,1,8H2.2A5.8,5.8,0,0,0,8,13.8Z',
  neutral: 'M8,3A5,5,0,1,1,8,13,5,5,0,0,1,8,3ZM8,4.2A3.8,3.8,0,1,0,8,11.8,3.8,3.8,0,0,0,8,4.2Z',
};

/** The path of the copy icon: two sheets, one behind the other. */
const COPY = 'M5,2H14V11H5ZM6.2,3.2V9.8H12.8V3.2ZM2,5H3.2V12.8H11V14H2Z';

/** Hidden from screen readers: the words beside it say the same. */
export function sign(tone: Tone): Html {
  return drawing({ class: 'sign', 'data-tone': tone }, PATHS[tone]);
}

/** The sign of a button that copies. The button itself has a name for screen readers. */
export function copySign(): Html {
  return drawing({ class: 'sign' }, COPY);
}

function drawing(attributes: Attributes, path: string): Html {
  return h(
    'svg',
    { ...attributes, viewBox: '0,0,16,16', width: 16, height: 16, 'aria-hidden': 'true' },
    h('path', { d: path, 'fill-rule': 'evenodd' }),
  );
}
