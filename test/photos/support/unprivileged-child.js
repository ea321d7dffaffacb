'use strict';
// A photo process of a user who may not open everything: permissions say nothing to root, as which CI runs.
const NOBODY = 65_534;

require('../../../dist/photos/process/child.js');
if (process.getuid() === 0) process.seteuid(NOBODY);
