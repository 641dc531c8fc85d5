import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{b as a,c as b}from"./chunk-3U74WTCY.js";import"./chunk-ER4HMOCQ.js";import"./chunk-V5UJHPZO.js";import"./chunk-CUL3QFGH.js";import"./chunk-QALJZLSW.js";export{a as openIdentitySource,b as openMachine};
