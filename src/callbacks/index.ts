export { verifyCallback, CallbackSignatureError, UnknownCallbackError } from './verify';
export type { ReceivedCallback, VerifiedCallback, VerifyOptions } from './verify';
export type { Callback } from '../contract/callback';
