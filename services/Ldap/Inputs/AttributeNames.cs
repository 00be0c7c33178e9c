using System.Text.RegularExpressions;
using Integration.Errors;
using Integration.Ldap.Servers;

namespace Integration.Ldap.Inputs;

/// <summary>Names of attributes in inputs.</summary>
internal static partial class AttributeNames
{
    /// <summary>The attributes that an operation hands out; none for all that are not operational.</summary>
    public static IReadOnlyList<string> Wanted(LdapServer server, IReadOnlyList<string>? attributes)
    {
        for (var i = 0; i < (attributes?.Count ?? 0); i++)
        {
            var name = attributes![i];
            var field = $"attributes[{i}]";
            if (name is not ("*" or "+" or "1.1"))
                Check(name, field);
            CheckVisible(server, name ?? "", field);
        }

        return attributes ?? [];
    }

    /// <summary>An attribute that callers may not see may not be searched either: that would reveal its value bit by bit.</summary>
    public static void CheckVisible(LdapServer server, string attribute, string field)
    {
        if (server.Rules.IsHidden(attribute))
            throw InvalidInput.At(
                field,
                $"names {attribute}, which is never handed out nor looked for (Ldap__Servers__{server.Name}__HiddenAttributes)."
            );
    }

    public static void Check(string? name, string field)
    {
        // A number would pass by the rules, which know names.
        if (name is { Length: > 0 } && char.IsAsciiDigit(name[0]))
            throw InvalidInput.At(field, $"has the number '{name}' of an attribute. Write its name.");
        if (name is null || !Name().IsMatch(name))
            throw InvalidInput.At(field, $"names '{name}', which is no name of an attribute.");
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9-]*(;[A-Za-z0-9-]+)*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
