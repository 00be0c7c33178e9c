using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Soap.Mapping;

namespace Integration.Soap.Faults;

/// <summary>A fault as data of an error: code, subcodes, reason, actor, and the detail by the names of its elements.</summary>
internal static class FaultView
{
    public static JsonElement Of(SoapFault fault)
    {
        var view = new JsonObject { ["code"] = FaultNames.Text(fault.Code), ["reason"] = fault.Reason };
        if (fault.Subcodes.Count > 0)
            view["subcodes"] = new JsonArray([
                .. fault.Subcodes.Select(code => JsonValue.Create(FaultNames.Text(code))),
            ]);
        if (fault.Actor is { } actor)
            view["actor"] = actor;
        if (fault.Details.Count > 0)
            view["detail"] = Detail(fault);
        return JsonSerializer.SerializeToElement(view);
    }

    private static JsonObject Detail(SoapFault fault)
    {
        var detail = new JsonObject();
        foreach (var same in fault.Details.GroupBy(one => one.Element.Name, StringComparer.Ordinal))
        {
            var contents = same.Select(one => one.Content?.DeepClone()).ToArray();
            detail[same.Key] = contents.Length == 1 ? contents[0] : new JsonArray(contents);
        }

        return detail;
    }
}
