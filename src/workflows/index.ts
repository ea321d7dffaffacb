export { callBack } from './call-back';
export { trainPerson } from './train-person';
export { watchAccount } from './watch-account';
