using Integration.Ldap;
using Integration.Sdk;

return await IntegrationService.RunAsync(args, LdapService.Create);
