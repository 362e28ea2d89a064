// SPDX-License-Identifier: Apache-2.0
/** Sensors, which are value entities, and an action through which devices reach them. */
package com.example.sensors;
