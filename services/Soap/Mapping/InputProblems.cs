using Integration.Contracts;
using Integration.Errors;

namespace Integration.Soap.Mapping;

/// <summary>What does not fit the schema, up to a number that a person would want to read at once.</summary>
internal sealed class InputProblems
{
    private const int Most = 10;
    private const int LongestText = 300;

    private readonly List<string> _problems = [];
    private bool _more;

    public bool Any => _problems.Count > 0;

    /// <param name="path">Where.</param>
    /// <param name="problem">Goes on after the path; a sentence with the way out.</param>
    public void Add(JsonPath path, string problem)
    {
        if (_problems.Count == Most)
        {
            _more = true;
            return;
        }

        var text = $"{path} {problem}";
        _problems.Add(text.Length > LongestText ? text[..LongestText] + "…" : text);
    }

    public void ThrowIfAny()
    {
        if (Any)
            throw new DataErrorException(ErrorCodes.InvalidInput, ToString()) { Status = -1 };
    }

    public override string ToString() => string.Join(" ", _problems) + (_more ? " There are more problems." : "");
}
