export { trainPerson } from './train-person';
