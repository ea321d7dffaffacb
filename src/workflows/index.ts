export { account } from './account';
export { callBack } from './call-back';
export { trainBatch } from './train-batch';
export { trainPerson } from './train-person';
export { watchAccount } from './watch-account';
