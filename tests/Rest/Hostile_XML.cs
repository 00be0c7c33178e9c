using System.Xml;
using Integration.Fixtures;
using Integration.Rest.Request;

namespace Integration.Rest.Tests;

/// <summary>What an answer in XML costs grows with its size and no faster.</summary>
[Collection(nameof(Alone))]
public sealed class Hostile_XML
{
    public static TheoryData<string> Shapes => [.. HostileXml.Names];

    [Theory]
    [MemberData(nameof(Shapes))]
    public Task Any_XML_of_an_answer(string shape) =>
        Growth.IsLinearAsync(
            shape,
            32_000,
            n => $"<r>{HostileXml.Shapes[shape](n)}</r>",
            xml =>
            {
                try
                {
                    XmlAsJson.Read(xml, []);
                }
                catch (XmlException)
                {
                    // Refused, which may not cost more either.
                }

                return Task.CompletedTask;
            }
        );

    [Theory]
    [InlineData(60, "more than 56 levels")]
    [InlineData(100_000, "nested more than 128 elements deep")]
    public void Nesting_is_refused_with_the_limit(int levels, string expected) =>
        Should
            .Throw<XmlException>(() => XmlAsJson.Read(HostileXml.Shapes["nesting"](levels), []))
            .Message.ShouldContain(expected);

    [Fact]
    public void Text_on_both_sides_of_a_comment_is_one() =>
        XmlAsJson.Read("<a>x<!-- c -->y<?p?>z</a>", []).GetProperty("a").GetString().ShouldBe("xyz");
}
