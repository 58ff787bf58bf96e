/** Reasons why a fact about a node group or its cluster is not known. */
import type { ReadFailure } from '../../plan/optional-read';

export type Unknown =
  | ReadFailure
  /** SSM publishes an image id for Windows, but no release version. */
  | { readonly code: 'windows-image-id-only' }
  /** The launch template names the node group's own AMI, of which AWS publishes no releases. */
  | { readonly code: 'custom-ami' }
  /** Slipway does not know where AWS publishes the releases of this AMI type. */
  | { readonly code: 'unlisted-ami-type'; readonly amiType: string }
  /** AWS publishes no release of this AMI type for this Kubernetes version. */
  | { readonly code: 'not-published'; readonly parameter: string }
  /** It cannot be decided which of two releases is newer. */
  | { readonly code: 'not-comparable'; readonly release: string; readonly newest: string }
  /** AWS lists `notRead` more updates than were read. */
  | { readonly code: 'not-all-read'; readonly notRead: number }
  /** The node group shows no Kubernetes version. */
  | { readonly code: 'no-version' };
