using System.Text.Json;
using Integration.Errors;
using Integration.Ldap.Names;
using Integration.Ldap.Servers;

namespace Integration.Ldap.Inputs;

/// <summary>The entry that a task works on.</summary>
internal static class EntryName
{
    /// <summary>The name in the input <c>dn</c>, with its parameters, checked against where tasks may work.</summary>
    public static DistinguishedName Read(
        LdapServer server,
        string dn,
        IReadOnlyDictionary<string, JsonElement>? parameters
    )
    {
        var values = new Parameters(parameters);
        var name = Read(server, dn, "dn", values);
        values.CheckAllUsed();
        return name;
    }

    /// <summary>The same for an input of another name.</summary>
    public static DistinguishedName Read(LdapServer server, string dn, string field, Parameters parameters)
    {
        var name = NameReader.Read(dn, field, parameters);
        return name.Parts.Count > 0
            ? server.Allow(name, field)
            : throw InvalidInput.At(
                field,
                "is empty. Write the entry's name, e.g. uid=ada,ou=people,dc=example,dc=org."
            );
    }
}
