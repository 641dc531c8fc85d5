# Debian 12 ships azure-cli 2.45.0 beside an azure-mgmt-authorization of a later day, in which the `config` that the
# role commands read is called `_config`. Python imports this file before az, from PYTHONPATH.
from azure.mgmt.authorization.v2018_01_01_preview.operations import RoleDefinitionsOperations
from azure.mgmt.authorization.v2020_04_01_preview.operations import RoleAssignmentsOperations

for operations in (RoleDefinitionsOperations, RoleAssignmentsOperations):
    operations.config = property(lambda self: self._config)
