import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{a,b}from"./chunk-PNTER6AV.js";import"./chunk-KLT3OSQP.js";import"./chunk-T4EHSK7Y.js";import"./chunk-QALJZLSW.js";export{a as openIdentitySource,b as openMachine};
