/** Of all panels that hold a page; `extension.ts` registers what brings them back after a reload. */
export const PAGE_VIEW_TYPE = 'slipway.page';
