using System.Formats.Asn1;
using System.Text;
using Integration.Ldap.Protocol;

namespace Integration.Ldap.Filters;

/// <summary>What an entry must be like: a tree, not a text, so that no value can change it (RFC 4511, 4.5.1.7).</summary>
internal abstract record Filter
{
    /// <summary>Every entry: each has an object class.</summary>
    public static Filter Everything { get; } = new PresenceFilter("objectClass");

    /// <summary>The attributes that it looks at.</summary>
    public abstract IEnumerable<string> Attributes { get; }

    public abstract void Write(AsnWriter writer);

    private protected static void Text(AsnWriter writer, string text, Asn1Tag? tag = null) =>
        writer.WriteOctetString(Encoding.UTF8.GetBytes(text), tag);
}

/// <summary>All of them (<c>&amp;</c>) or one of them (<c>|</c>).</summary>
internal sealed record SetFilter(bool All, IReadOnlyList<Filter> Parts) : Filter
{
    public override IEnumerable<string> Attributes => Parts.SelectMany(part => part.Attributes);

    public override void Write(AsnWriter writer)
    {
        using (writer.PushSetOf(LdapTags.ContextSet(All ? 0 : 1)))
        {
            foreach (var part in Parts)
                part.Write(writer);
        }
    }
}

/// <summary>The opposite (<c>!</c>).</summary>
internal sealed record NotFilter(Filter Part) : Filter
{
    public override IEnumerable<string> Attributes => Part.Attributes;

    public override void Write(AsnWriter writer)
    {
        // [2] is explicit: around the other filter.
        using (writer.PushSequence(LdapTags.ContextSet(2)))
            Part.Write(writer);
    }
}

/// <summary>How a value is compared.</summary>
internal enum Comparison
{
    Equal = 3,
    GreaterOrEqual = 5,
    LessOrEqual = 6,
    Approximate = 8,
}

/// <summary>An attribute compared with a value.</summary>
internal sealed record ComparisonFilter(Comparison Comparison, string Attribute, byte[] Value) : Filter
{
    public override IEnumerable<string> Attributes => [Attribute];

    public override void Write(AsnWriter writer)
    {
        using (writer.PushSequence(LdapTags.ContextSet((int)Comparison)))
        {
            Text(writer, Attribute);
            writer.WriteOctetString(Value);
        }
    }
}

/// <summary>An attribute that is there at all.</summary>
internal sealed record PresenceFilter(string Attribute) : Filter
{
    public override IEnumerable<string> Attributes => [Attribute];

    public override void Write(AsnWriter writer) => Text(writer, Attribute, LdapTags.Context(7));
}

/// <summary>A value with parts that are known.</summary>
internal sealed record SubstringFilter(string Attribute, byte[]? Beginning, IReadOnlyList<byte[]> Middle, byte[]? End)
    : Filter
{
    public override IEnumerable<string> Attributes => [Attribute];

    public override void Write(AsnWriter writer)
    {
        using (writer.PushSequence(LdapTags.ContextSet(4)))
        {
            Text(writer, Attribute);
            using (writer.PushSequence())
            {
                if (Beginning is not null)
                    writer.WriteOctetString(Beginning, LdapTags.Context(0));
                foreach (var part in Middle)
                    writer.WriteOctetString(part, LdapTags.Context(1));
                if (End is not null)
                    writer.WriteOctetString(End, LdapTags.Context(2));
            }
        }
    }
}

/// <summary>A comparison by a rule that the filter names (<c>:=</c>), e.g. the bits and chains of Active Directory.</summary>
internal sealed record ExtensibleFilter(string Attribute, string? Rule, bool WithName, byte[] Value) : Filter
{
    public override IEnumerable<string> Attributes => [Attribute];

    public override void Write(AsnWriter writer)
    {
        using (writer.PushSequence(LdapTags.ContextSet(9)))
        {
            if (Rule is not null)
                Text(writer, Rule, LdapTags.Context(1));
            Text(writer, Attribute, LdapTags.Context(2));
            writer.WriteOctetString(Value, LdapTags.Context(3));
            if (WithName)
                writer.WriteBoolean(value: true, LdapTags.Context(4));
        }
    }
}
