using System.Text;

namespace Integration.Journeys.Tests;

/// <summary>A search that finds nothing proves nothing, unless it would have found it.</summary>
public sealed class CanaryTests
{
    [Theory]
    [InlineData("")]
    [InlineData("u")]
    [InlineData("us")]
    [InlineData("use")]
    public void It_is_found_in_every_form(string before)
    {
        var canary = new Canary("test");
        var text = before + canary.Value;
        var bytes = Encoding.UTF8.GetBytes(text);
        foreach (
            var form in new[]
            {
                text,
                Uri.EscapeDataString(text),
                System.Text.Json.JsonSerializer.Serialize(text),
                Convert.ToBase64String(bytes),
                Uri.EscapeDataString(Convert.ToBase64String(bytes)),
                Convert.ToHexString(bytes),
                Convert.ToHexStringLower(bytes),
            }
        )
            canary.IsIn(Encoding.UTF8.GetBytes($"before {form} after")).ShouldBeTrue(form);
        new Canary("other").IsIn(bytes).ShouldBeFalse();
    }
}
