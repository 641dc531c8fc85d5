import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-J5VJJKKF.js";import"./chunk-QALJZLSW.js";
