'use strict';
// A photo process that starts and then says nothing, as on a machine that is out of everything.
setInterval(() => undefined, 1000);
