using System.Text;

namespace Integration.Soap.Mapping;

/// <summary>Where a value stands in the inputs; becomes text only when there is something to say about it.</summary>
/// <param name="parent">Null at the start.</param>
/// <param name="name">A property; null for a place in a list.</param>
/// <param name="index">The place in a list.</param>
internal sealed class JsonPath(JsonPath? parent, string? name, int index)
{
    private readonly JsonPath? _parent = parent;
    private readonly string? _name = name;
    private readonly int _index = index;

    /// <summary>Whether secrets may have been put in here, so that no message may show a value.</summary>
    public bool HoldsSecrets { get; private init; } = parent?.HoldsSecrets == true;

    public static JsonPath Of(string start, bool holdsSecrets = false) =>
        new(null, start, 0) { HoldsSecrets = holdsSecrets };

    public JsonPath Property(string property) => new(this, property, 0);

    public JsonPath Place(int place) => new(this, null, place);

    public override string ToString()
    {
        var text = new StringBuilder();
        Append(text);
        return text.ToString();
    }

    private void Append(StringBuilder text)
    {
        _parent?.Append(text);
        if (_name is null)
            text.Append('[').Append(_index).Append(']');
        else if (_parent is null)
            text.Append(_name);
        else if (_name.AsSpan().IndexOfAny('{', '.', '[') >= 0)
            text.Append("['").Append(_name).Append("']");
        else
            text.Append('.').Append(_name);
    }
}
