import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{a,b}from"./chunk-NC5KYJAY.js";import"./chunk-MPDHRNUH.js";import"./chunk-HFCAN5KM.js";import"./chunk-QALJZLSW.js";export{a as openIdentitySource,b as openMachine};
