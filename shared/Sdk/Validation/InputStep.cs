using System.Text.Json;

namespace Integration.Sdk;

/// <summary>From a value to one within it. Only written out when something is wrong there.</summary>
internal readonly struct InputStep
{
    private readonly JsonProperty _member;
    private readonly int _index;

    public InputStep(JsonProperty member) => (_member, _index) = (member, -1);

    public InputStep(int index) => _index = index;

    public string Text => _index < 0 ? InputPlace.Of("", _member.Name) : $"[{_index}]";
}
