import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{b as a,c as b}from"./chunk-LPTGIHON.js";import"./chunk-ER4HMOCQ.js";import"./chunk-PYOYHOFF.js";import"./chunk-J5VJJKKF.js";import"./chunk-QALJZLSW.js";export{a as openIdentitySource,b as openMachine};
