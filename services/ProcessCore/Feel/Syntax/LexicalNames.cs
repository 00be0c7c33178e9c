namespace Integration.ProcessCore.Feel.Syntax;

/// <summary>Which names the expression defines where, and which must come from outside.</summary>
internal sealed class LexicalNames
{
    private readonly HashSet<string> _free = new(StringComparer.Ordinal);
    private readonly List<string> _bound = [];

    public IReadOnlySet<string> Free => _free;

    public bool IsBound(string name) => _bound.Contains(name);

    public void Use(string name)
    {
        if (!IsBound(name))
            _free.Add(name);
    }

    public void Bind(string name) => _bound.Add(name);

    /// <summary>Runs something in an inner scope: what it binds is forgotten afterwards.</summary>
    public T Inside<T>(Func<T> inner, params ReadOnlySpan<string> names)
    {
        var count = _bound.Count;
        _bound.AddRange(names);
        var result = inner();
        _bound.RemoveRange(count, _bound.Count - count);
        return result;
    }
}
