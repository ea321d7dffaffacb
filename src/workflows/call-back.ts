import type { CallbackOrder } from '../callbacks/post';
import * as activities from './activities';

/**
 * Tells one caller one thing, for up to a day. A workflow of its own, so that the training ends when it ends, however long its
 * caller takes to listen. It fails where nobody listened; the training is none the worse for it.
 */
export async function callBack(order: CallbackOrder): Promise<void> {
  await activities.sendCallback.executeWithOptions({ summary: order.callback.type }, [order]);
}
