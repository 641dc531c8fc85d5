import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{b as a,c as b}from"./chunk-HQ7S5KGK.js";import"./chunk-ER4HMOCQ.js";import"./chunk-3PZ3DMVE.js";import"./chunk-TZYAOKAN.js";import"./chunk-QALJZLSW.js";export{a as openIdentitySource,b as openMachine};
