// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.holdfast.proxy.frontend.call.RefusedCallException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Reads JSON to the letter: no comments, no name twice, nothing after the end. */
final class JsonText {

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  // The body's size is bounded before it is read; numbers are bounded after.
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(Integer.MAX_VALUE)
                          .maxNameLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  // "(start marker at [Source: …; line: 1, column: 1])": the names of the parser's own options.
  private static final Pattern PARSER_DETAILS = Pattern.compile(" \\(start marker at .*\\)");

  private JsonText() {}

  static JsonNode read(byte[] utf8) throws RefusedCallException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      return MAPPER.readTree(text);
    } catch (CharacterCodingException e) {
      throw RefusedCallException.invalid("the body is not UTF-8");
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " at line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr();
      throw RefusedCallException.invalid(
          "the body is not JSON"
              + where
              + ": "
              + PARSER_DETAILS.matcher(e.getOriginalMessage()).replaceAll(""));
    }
  }
}
