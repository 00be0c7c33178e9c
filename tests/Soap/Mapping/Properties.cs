using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Integration.Soap.Tests.Wsdl;

namespace Integration.Soap.Tests.Mapping;

/// <summary>What holds for all inputs that fit.</summary>
public sealed class Properties
{
    private static readonly string _schema = WsdlText.Message(
        """<xs:sequence><xs:element name="root" type="t:node"/></xs:sequence>""",
        """
        <xs:complexType name="node">
          <xs:sequence>
            <xs:element name="text" type="xs:string" nillable="true"/>
            <xs:element name="number" type="xs:decimal" minOccurs="0"/>
            <xs:element name="flags" minOccurs="0"><xs:simpleType><xs:list itemType="xs:boolean"/></xs:simpleType></xs:element>
            <xs:choice maxOccurs="unbounded"><xs:element name="a" type="xs:long"/><xs:element name="b" type="xs:double"/></xs:choice>
            <xs:element name="bytes" type="xs:base64Binary" minOccurs="0"/>
            <xs:element name="node" type="t:node" minOccurs="0" maxOccurs="unbounded"/>
          </xs:sequence>
          <xs:attribute name="id" type="xs:int"/>
        </xs:complexType>
        <xs:complexType name="special"><xs:complexContent><xs:extension base="t:node">
          <xs:sequence><xs:element name="day" type="xs:date"/></xs:sequence>
        </xs:extension></xs:complexContent></xs:complexType>
        """
    );

    [Fact]
    public async Task Every_input_that_fits_becomes_XML_that_fits_and_comes_back_as_it_was()
    {
        var exchange = await Exchange.OfAsync(_schema);
        var inputs = Node(3).Select(node => new JsonObject { ["root"] = node }.ToJsonString()).ToArbitrary();

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(200),
            Prop.ForAll(
                inputs,
                input =>
                {
                    var xml = exchange.XmlAsync(input).GetAwaiter().GetResult();
                    exchange.Validate(xml).ShouldBeEmpty(xml);
                    var back = JsonNode.Parse(exchange.ReadAsync(xml).GetAwaiter().GetResult())!;
                    JsonNode
                        .DeepEquals(back, JsonNode.Parse(input))
                        .ShouldBeTrue($"{input}\n{back.ToJsonString()}\n{xml}");
                }
            )
        );
    }

    private static Gen<JsonObject> Node(int depth) =>
        depth < 0
            ? Gen.Constant(new JsonObject())
            : from text in Text.OrNull()
            from number in ArbMap.Default.GeneratorFor<decimal>()
            from hasNumber in ArbMap.Default.GeneratorFor<bool>()
            from flags in ArbMap.Default.GeneratorFor<bool>().ListOf()
            from values in Gen.Choose(-1000, 1000).NonEmptyListOf()
            from bytes in ArbMap.Default.GeneratorFor<byte[]>()
            from id in ArbMap.Default.GeneratorFor<int>()
            from count in Gen.Choose(0, depth == 0 ? 0 : 2)
            from children in Node(depth - 1).ListOf(count)
            from isSpecial in ArbMap.Default.GeneratorFor<bool>()
            select Built(
                text,
                hasNumber ? number : null,
                [.. flags],
                [.. values],
                bytes,
                id,
                children,
                isSpecial && depth < 3
            );

    // Texts as XML carries them: without control characters, and with line breaks as XML has them.
    private static Gen<string> Text =>
        ArbMap
            .Default.GeneratorFor<string>()
            .Select(text =>
                string.Concat((text ?? "").Where(c => System.Xml.XmlConvert.IsXmlChar(c) && c != '\r')) + "ä😀<&"
            );

    private static JsonObject Built(
        string? text,
        decimal? number,
        bool[] flags,
        int[] values,
        byte[] bytes,
        int id,
        List<JsonObject> children,
        bool isSpecial
    )
    {
        var node = new JsonObject();
        if (isSpecial)
            node["@xsi:type"] = "special";
        node["@id"] = id;
        node["text"] = text;
        if (number is not null)
            node["number"] = number;
        node["flags"] = new JsonArray([.. flags.Select(flag => (JsonNode)flag)]);
        var a = values.Where(value => value % 2 == 0).ToList();
        var b = values.Where(value => value % 2 != 0).ToList();
        if (a.Count > 0)
            node["a"] = new JsonArray([.. a.Select(value => (JsonNode)value)]);
        if (b.Count > 0)
            node["b"] = new JsonArray([.. b.Select(value => (JsonNode)(value / 2.0))]);
        // Told only where it is not that of the lists.
        if (!values.SequenceEqual(a.Concat(b)))
            node["#order"] = new JsonArray([.. values.Select(value => (JsonNode)(value % 2 == 0 ? "a" : "b"))]);
        node["bytes"] = Convert.ToBase64String(bytes);
        node["node"] = new JsonArray([.. children.Select(child => (JsonNode)child.DeepClone())]);
        if (isSpecial)
            node["day"] = "2026-12-01";
        return node;
    }
}
