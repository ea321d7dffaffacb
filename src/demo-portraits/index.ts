export { drawPortraits } from './draw-portraits';
