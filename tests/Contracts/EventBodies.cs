using System.Text.Json.Nodes;

namespace Integration.Contracts.Tests;

/// <summary>Bodies of events: samples of which one or a few places are changed, by a random number generator with a seed.</summary>
internal sealed class EventBodies(int seed)
{
    private static readonly string[] _values =
    [
        .. """
            null|true|false|{}|[]|[1]|{"a":1}|""|"x"|"a.b"|"17"|"read"|"text"|"data"|"in-doubt"|"InDoubt"|" "|"ü🐎"|"a\u0000b"|"a\u007fb"
            0|1|-1|1.0|1.00|1e0|10e-1|1.5|1e2|2147483647|2147483648|-2147483648|-2147483649|1000000|1000001|9223372036854775807
            9223372036854775808|1e19|0.5|-0.5|-0
            "2026-12-01T10:00:00Z"|"2026-12-01t10:00:00z"|"2026-12-01T10:00:00"|"2026-12-01T10:00Z"|"2026-12-01"|"2026-12-01T10:00:00.123456789012+23:59"
            "2026-12-01T10:00:00+01:00"|"2026-12-01T10:00:00+0100"|"2026-12-01 10:00:00Z"|"2016-12-31T23:59:60Z"|"tomorrow"
            """.Split(['|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        .. new[] { 199, 200, 201, 229, 230, 231, 255, 256, 257 }.Select(length => $"\"{new string('x', length)}\""),
        $"\"{new string('a', 64)}\"",
        $"\"{new string('A', 64)}\"",
        $"\"{new string('g', 64)}\"",
    ];

    private readonly Random _random = new(seed);

    public (string Type, string Body) Next()
    {
        var type = EventTypes.All[_random.Next(EventTypes.All.Count)];
        var body = Sample(type);
        for (var changes = _random.Next(4); changes > 0; changes--)
            Change(body);
        return (type, body.ToJsonString());
    }

    /// <summary>Every event with every value at every place: what the generator would come to in the end.</summary>
    public static IEnumerable<(string Type, string Body)> EveryValueEverywhere()
    {
        foreach (var type in EventTypes.All)
        {
            for (var place = 0; place < Places(Sample(type)).Count; place++)
            {
                foreach (var value in _values)
                {
                    var body = Sample(type);
                    var (parent, name) = Places(body)[place];
                    parent[name] = JsonNode.Parse(value);
                    yield return (type, body.ToJsonString());
                }

                var without = Sample(type);
                var (from, removed) = Places(without)[place];
                from.Remove(removed);
                yield return (type, without.ToJsonString());
            }
        }
    }

    private static JsonObject Sample(string type)
    {
        var sample = JsonNode
            .Parse(System.Text.Json.JsonSerializer.Serialize(Samples.ByType[type], ContractEvents.ByType[type]))!
            .AsObject();
        // That an error and its request name the same task is a rule between two fields, which no schema can say.
        if (type == EventTypes.TaskErrored)
            sample.Remove("taskId");
        return sample;
    }

    private void Change(JsonObject body)
    {
        var places = Places(body);
        if (places.Count == 0)
            return;
        var (parent, name) = places[_random.Next(places.Count)];
        switch (_random.Next(6))
        {
            case 0:
                parent.Remove(name);
                break;
            case 1:
                parent[$"{name}2"] = JsonNode.Parse(_values[_random.Next(_values.Length)]);
                break;
            default:
                parent[name] = JsonNode.Parse(_values[_random.Next(_values.Length)]);
                break;
        }
    }

    private static List<(JsonObject Parent, string Name)> Places(JsonNode? node) =>
        node switch
        {
            JsonObject parent =>
            [
                .. parent.Select(member => (parent, member.Key)),
                .. parent.SelectMany(member => Places(member.Value)),
            ],
            JsonArray list => [.. list.SelectMany(Places)],
            _ => [],
        };
}
