/** Namespaces, of which the names alone are used. */
import { members } from '../../model/shape';
import { type Metadata, metadata, type ObjectReader, objectOf } from './object';

export const namespaces: ObjectReader<ReturnType<typeof objectOf>> = {
  shape: members({ metadata }),
  read: ({ metadata: about }: { readonly metadata: Metadata }) => objectOf(about),
};
