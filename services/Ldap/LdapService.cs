using Integration.Egress;
using Integration.Files.S3;
using Integration.Hosting;
using Integration.Ldap.Inputs;
using Integration.Ldap.Servers;
using Integration.Ldap.Sessions;
using Integration.Sdk;

namespace Integration.Ldap;

/// <summary>Looks up and changes entries of directories for processes.</summary>
public static class LdapService
{
    /// <summary>The service, ready to be run.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">Replaces parts of it, e.g. the bus.</param>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null) =>
        IntegrationService.Create(
            args,
            new ServiceDescription("ldap", 5114),
            builder =>
            {
                builder.AddLdap();
                configure?.Invoke(builder);
            }
        );

    /// <summary>The operations, and what they need.</summary>
    public static WebApplicationBuilder AddLdap(this WebApplicationBuilder builder)
    {
        builder.AddSettings<LdapOptions>(LdapOptions.Section);
        builder.AddEgress();
        builder.AddS3Files();
        builder.Services.AddSingleton<LdapServers>();
        builder.Services.AddSingleton<LdapDialer>();
        builder.Services.AddSingleton<LdapSessions>();
        builder.Services.AddSingleton<Passwords>();
        builder.Services.AddSingleton<AttributeReader>();
        builder.Services.AddSingleton<Modify.PermissiveChanges>();
        builder.Services.AddSingleton<Search.DirectorySearch>();
        builder.AddOperation<Search.SearchOperation>();
        builder.AddOperation<Get.GetOperation>();
        builder.AddOperation<Add.AddOperation>();
        builder.AddOperation<Modify.ModifyOperation>();
        builder.AddOperation<Delete.DeleteOperation>();
        builder.AddOperation<Rename.RenameOperation>();
        builder.AddOperation<Authenticate.AuthenticateOperation>();
        return builder;
    }
}
