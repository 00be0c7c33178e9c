using System.Text;
using Integration.Ldap.Protocol;
using Integration.Ldap.Servers;

namespace Integration.Ldap.Values;

/// <summary>Writes entries as a process gets them: without what is hidden, texts as texts and bytes as base64.</summary>
internal sealed class EntryWriter
{
    private static readonly UTF8Encoding _strict = new(false, throwOnInvalidBytes: true);

    private readonly AttributeRules _rules;
    private readonly Dictionary<string, string> _wanted = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="server">Whose rules are followed.</param>
    /// <param name="wanted">Names as the task wrote them.</param>
    public EntryWriter(LdapServer server, IReadOnlyList<string> wanted)
    {
        _rules = server.Rules;
        foreach (var name in wanted)
            _wanted[name] = name;
    }

    /// <summary>Names and values of an entry together, about as many bytes as they have in an event.</summary>
    public static long SizeOf(FoundEntry entry) =>
        entry.Dn.Length + SizeOf(entry.Attributes) + (entry.Binary is { } binary ? SizeOf(binary) : 0);

    public FoundEntry Write(LdapEntry entry)
    {
        var texts = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var binary = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var attribute in entry.Attributes.Where(one => !_rules.IsHidden(one.Name)))
        {
            var name = _wanted.GetValueOrDefault(attribute.Name, attribute.Name);
            if (!_rules.IsBinary(attribute.Name) && Texts(attribute) is { } values)
                texts[name] = values;
            else
                binary[name] = [.. attribute.Values.Select(value => Convert.ToBase64String(value.Span))];
        }

        return new FoundEntry(entry.Dn, texts, binary.Count > 0 ? binary : null);
    }

    private static long SizeOf(IReadOnlyDictionary<string, IReadOnlyList<string>> attributes) =>
        attributes.Sum(one => one.Key.Length + 6L + one.Value.Sum(value => Encoding.UTF8.GetByteCount(value) + 3L));

    // One value that is no text makes bytes of all of them: a process must not have to look in two places.
    private static List<string>? Texts(LdapAttribute attribute)
    {
        try
        {
            return [.. attribute.Values.Select(value => _strict.GetString(value.Span))];
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
