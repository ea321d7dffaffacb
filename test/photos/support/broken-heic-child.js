'use strict';
// A photo process in which libheif cannot be loaded just now, although it is installed.
const Module = require('node:module');

const load = Module._load;
Module._load = function (request, ...rest) {
  if (request === 'libheif-js/wasm-bundle.js')
    throw Object.assign(new Error('too many open files'), { code: 'EMFILE', syscall: 'open' });
  return load.call(this, request, ...rest);
};
require('../../../dist/photos/process/child.js');
