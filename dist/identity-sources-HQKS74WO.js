import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{a,b}from"./chunk-LVMP4OTQ.js";import"./chunk-3ELPCAW3.js";import"./chunk-ER4HMOCQ.js";import"./chunk-KT5VOUFN.js";import"./chunk-QALJZLSW.js";export{a as openIdentitySource,b as openMachine};
