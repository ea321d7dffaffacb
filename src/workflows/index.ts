export { trainPerson } from './train-person';
export { watchAccount } from './watch-account';
