import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{a,b}from"./chunk-BQB2EZXE.js";import"./chunk-MV7TVCPG.js";import"./chunk-ER4HMOCQ.js";import"./chunk-HPXVNMM2.js";import"./chunk-QALJZLSW.js";export{a as openIdentitySource,b as openMachine};
