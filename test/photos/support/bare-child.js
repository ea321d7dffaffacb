'use strict';
// A photo process in an installation without the optional packages.
const Module = require('node:module');

const LEFT_OUT = ['libheif-js', '@litertjs/core', '@mediapipe/face_detection'];
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  if (LEFT_OUT.some((name) => request.startsWith(name))) throw new Error(`Cannot find module '${request}'`);
  return resolve.call(this, request, ...rest);
};
require('../../../dist/photos/process/child.js');
