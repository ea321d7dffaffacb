import { Option } from '@commander-js/extra-typings';

export const home = () =>
  new Option('--home <dir>', 'where dev keeps everything').default('.darkroom').env('DARKROOM_HOME');
