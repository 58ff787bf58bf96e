/** The view type of all panels with pages; `extension.ts` registers the serializer that brings them back after a reload. */
export const PAGE_VIEW_TYPE = 'slipway.page';
